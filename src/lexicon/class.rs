//! The classes of words, and sets of them as bits.

/// A class of words. A word may belong to several. A set has 64 bits, and there are 64 classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// the, this, some, three
    Determiner,
    /// his, their
    Possessive,
    /// he
    He,
    /// she
    She,
    /// they
    They,
    /// it
    It,
    /// I
    I,
    /// we, you
    We,
    /// him, them
    ObjectPronoun,
    /// many, others, someone
    Indefinite,
    /// who, which
    Relative,
    /// of, in
    Preposition,
    /// and, but
    Coordinator,
    /// when, because, how
    Subordinator,
    /// is, has, would
    Auxiliary,
    /// also, later
    Adverb,
    /// Monday, yesterday, week
    Time,
    /// Mr., Dr.
    Honorific,
    /// Sen., President: comes before a name
    Title,
    /// spokesman, woman, analyst
    Role,
    /// officials, voters
    RolePlural,
    /// for a man: spokesman, Mr.
    Male,
    /// for a woman: spokeswoman, Mrs.
    Female,
    /// Jr., III
    NameSuffix,
    /// de, van
    Particle,
    /// given name of men
    FirstMale,
    /// given name of women
    FirstFemale,
    /// ministry, court, company
    Organization,
    /// report, poll, statement
    Document,
    /// Iowa, Russia
    Place,
    /// Russian, Republican
    Nationality,
    /// Sen, Inc
    Abbreviation,
    /// any verb form
    Verb,
    /// base form or present plural
    Base,
    /// third person singular
    Third,
    /// past tense
    Past,
    /// past participle
    Participle,
    /// -ing form
    Gerund,
    /// a form of a reporting verb
    Cue,
    /// takes a quotation as object: said “…”
    Quotes,
    /// takes a clause: said that …
    Clause,
    /// takes the person addressed: told X
    Hearer,
    /// takes whether or to: asked if …
    Asks,
    /// takes the topic as its object: slammed X
    Object,
    /// takes the topic after a preposition: called for
    ObjectPhrase,
    /// needs a particle: pointed out
    Phrase,
    /// reports a thought
    Thought,
    /// that: begins a reported clause
    Complementizer,
    /// according (to): a preposition of reporting
    According,
    /// is, was: makes a passive with a participle
    Passive,
    /// as: introduces the words of somebody else
    As,
    /// takes a clause only after that: replied that …
    Explicit,
    /// out, about: particles that make a phrase report
    ReportParticle,
    /// to: comes before an infinitive
    To,
    /// when, although: begins a clause beside the main one
    Aside,
    /// the subject of the passive speaks: is quoted as saying
    QuotedSubject,
    /// on, back: particles that make a phrase introduce speech
    SpeechParticle,
    /// with: “with Ruiz saying”
    With,
    /// a reporting verb that may come before its subject anywhere: am Montag sagte sie
    Second,
    /// claim, warning: a noun with a reported clause
    ReportNoun,
    /// by: introduces the agent of a passive
    By,
    /// the: the definite article
    Definite,
    /// of: joins the words of a name
    Of,
    /// company, group: a noun that refers to a body named before
    Generic,
}

impl Class {
    /// The classes that a compound has from its last part.
    pub(super) const PEOPLE: Classes = Classes::NONE
        .and(Classes::of(Self::Role))
        .and(Classes::of(Self::RolePlural))
        .and(Classes::of(Self::Male))
        .and(Classes::of(Self::Female))
        .and(Classes::of(Self::Title))
        .and(Classes::of(Self::Abbreviation));
}

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(pub(super) u64);

impl Classes {
    /// No class.
    pub const NONE: Self = Self(0);

    /// The set of one class.
    #[must_use]
    pub const fn of(class: Class) -> Self {
        Self(1 << class as u8)
    }

    /// Whether the class is in the set.
    #[must_use]
    pub const fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// Whether any class of `other` is in the set.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes that are in either set.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The classes that are in both sets.
    #[must_use]
    pub const fn keep(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the set is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<Class> for Classes {
    fn from(class: Class) -> Self {
        Self::of(class)
    }
}
