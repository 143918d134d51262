//! The articles of a folder without their texts.
//!
//! An article has several views. An arrow leads from one to another that is made from it:
//!
//! ```text
//!  Document + Analysis                                   the open article
//!       │ Survey::of
//!       ▼
//!  Survey            all fields                          survey.rs
//!       │ From              ▲
//!       ▼                   │ survey
//!  PackedSurvey      bytes, stored in the index          packed_survey.rs
//!       │ Library::set_survey takes it apart
//!       ├─▶ PackedMeta ─────▶ ArticleTable              headline, dates, countries: packed_meta.rs
//!       ├─▶ DuplicateRecord ▶ DuplicateIndex            MinHash, fingerprints: ../duplicates
//!       └─▶ ArticleSpeakers ▶ People                    speakers, name groups: ../people/records
//!
//!  ListedFile        a file that was found               view.rs
//!       │ Library::add
//!       ▼
//!  ArticleTable      one per library                     table.rs
//!       │  has  ArticleRow   marks, stamp, addresses     row.rs
//!       │       PackedMeta   once it is surveyed         packed_meta.rs
//!       │       FileNames    found through FileIndex     file_names.rs, file_index.rs
//!       ├─▶ ArticleView      unpacked, for lists         view.rs
//!       └─▶ SearchDoc        32 bytes, in a SearchScope  search_scope.rs
//! ```
//!
//! A thread that surveys files makes a [`Survey`](survey::Survey) from the document and its analysis, and packs it at
//! once. The rest of the program sends and stores the packed form, and unpacks what a screen shows.

pub(super) mod id;
pub(super) mod location;
pub(super) mod view;

pub(super) mod packed_meta;
pub(super) mod packed_survey;
pub(super) mod survey;

pub(super) mod file_index;
pub(super) mod file_names;
pub(super) mod row;
pub(super) mod table;

pub(super) mod search_scope;

pub(super) mod dates;
