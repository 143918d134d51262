//! How the side panel is divided among its lists.

use ratatui::layout::Rect;

use super::Section;

/// Where the lists of the side panel are, and how many rows an entry takes in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sections {
    /// The line of the heading of each list, in the order of [`Section::ALL`].
    pub headings: [Rect; 3],
    /// The rows of each list.
    pub areas: [Rect; 3],
    /// Rows of a speaker, a quotation, a country.
    pub rows_per: [u16; 3],
}

/// In a lower panel the lists would have a few rows each: one of them is open, of the others the headings show.
const LOW: u16 = 17;

impl Sections {
    /// Divides a panel among the lists by what each has to show; `open` is the one that takes the keys.
    #[must_use]
    pub fn of(panel: Rect, lens: [usize; 3], n_with_role: usize, open: Section) -> Self {
        if panel.height < LOW {
            return Self::low(panel, lens, open);
        }
        let is_roomy = panel.width >= 30 && panel.height >= 26;
        // An office under every name looks well where most have one and they are few.
        let [n_speakers, ..] = lens;
        let has_offices =
            n_with_role * 2 >= n_speakers && n_speakers <= usize::from(panel.height / 6);
        let rows_per = match (is_roomy, has_offices) {
            (true, true) => [2, 2, 1],
            (true, false) => [1, 2, 1],
            (false, _) => [1, 1, 1],
        };
        // Three headings and two lines of air.
        let room = panel.height.saturating_sub(5);
        let mut heights = [0; 3];
        let wanted: [u16; 3] = std::array::from_fn(|index| {
            let [len, per] =
                [lens, rows_per.map(usize::from)].map(|all| all.get(index).copied().unwrap_or(0));
            u16::try_from((len * per).max(1)).unwrap_or(u16::MAX)
        });
        let mut left = room;
        for limit in [room / 3, room] {
            // What one list does not need goes to the others: speakers first, quotations last.
            for index in [0, 2, 1] {
                let (Some(height), Some(&want)) = (heights.get_mut(index), wanted.get(index))
                else {
                    continue;
                };
                let more = want.min(limit).saturating_sub(*height).min(left);
                *height += more;
                left -= more;
            }
        }
        let mut sections = Self {
            rows_per,
            ..Self::default()
        };
        let mut y = panel.y;
        for (index, height) in heights.into_iter().enumerate() {
            let fits = |y: u16, height: u16| Rect { y, height, ..panel }.intersection(panel);
            if let (Some(heading), Some(area)) = (
                sections.headings.get_mut(index),
                sections.areas.get_mut(index),
            ) {
                *heading = fits(y, 1);
                *area = fits(y + 1, height);
            }
            y += height + 2;
        }
        sections
    }

    fn low(panel: Rect, lens: [usize; 3], open: Section) -> Self {
        let mut sections = Self {
            rows_per: [1; 3],
            ..Self::default()
        };
        let room = panel.height.saturating_sub(3);
        let mut y = panel.y;
        let slots = sections.headings.iter_mut().zip(&mut sections.areas);
        for ((section, len), (heading, area)) in Section::ALL.into_iter().zip(lens).zip(slots) {
            let fits = |y: u16, height: u16| Rect { y, height, ..panel }.intersection(panel);
            let height = if section == open { room } else { 0 };
            // The last row of a full list says how many more there are.
            let more = u16::from(height > 0 && len > usize::from(height));
            *heading = fits(y, 1);
            *area = fits(y + 1, height - more);
            y += 1 + height;
        }
        sections
    }

    /// Where a list is.
    #[must_use]
    pub fn area(&self, section: Section) -> Rect {
        let [speakers, quotations, countries] = self.areas;
        match section {
            Section::Speakers => speakers,
            Section::Quotations => quotations,
            Section::Countries => countries,
        }
    }

    /// The line of the heading of a list.
    #[must_use]
    pub fn heading(&self, section: Section) -> Rect {
        let [speakers, quotations, countries] = self.headings;
        match section {
            Section::Speakers => speakers,
            Section::Quotations => quotations,
            Section::Countries => countries,
        }
    }

    /// How many rows an entry of a list takes.
    #[must_use]
    pub fn rows_per(&self, section: Section) -> u16 {
        let [speakers, quotations, countries] = self.rows_per;
        match section {
            Section::Speakers => speakers,
            Section::Quotations => quotations,
            Section::Countries => countries,
        }
    }
}
