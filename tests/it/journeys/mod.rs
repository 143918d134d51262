//! Journeys: tests that press keys and make claims about the screen.

mod asking;
mod bookmarks;
mod echoes;
mod finding;
mod folder;
mod groups;
mod mouse;
mod people;
mod quotations;
mod reading;
mod saved;
mod seed;
mod time;
mod told;

/// Numbered paragraphs, enough for several pages.
fn long_article() -> String {
    let paragraph = |number| {
        format!(
            "Paragraph {number} tells of a walk along the shore, of the gulls and of the wind, and \
             of a lamp that was lit in window {number} as the evening came on.\n\n"
        )
    };
    format!(
        "A walk along the shore\n\n{}",
        (1..=40).map(paragraph).collect::<String>()
    )
}

/// Three short articles that quote the same mayor, and one that does not.
const TOWN: &[(&str, &str)] = &[
    (
        "1-bridge.txt",
        "Bridge opens to traffic\n\n\
         The bridge in Lima opened on Monday, a year late.\n\n\
         “It holds,” said Ana Ruiz, the mayor.\n\n\
         Traders from Chile crossed it first and turned round at once.\n\n\
         “It sways,” said Tom Berg, who drove a bus.\n\n\
         “Every bridge sways,” Ruiz said.\n",
    ),
    (
        "2-weather.txt",
        "Fog until noon\n\nFog lay over the harbor until noon, and the ferries waited.\n",
    ),
    (
        "3-school.txt",
        "School gets a roof\n\n\
         The school by the river has a roof again after two winters without.\n\n\
         “The rain was a good teacher,” said Ana Ruiz, the mayor.\n\n\
         Builders from Chile will stay until the spring.\n",
    ),
    (
        "4-market.txt",
        "Market moves to the square\n\n\
         Stalls stood on the square on Friday for the first time.\n\n\
         “Bring your own bag,” said Ana Ruiz, the mayor.\n\n\
         “And leave the goats at home,” said Tom Berg, who sells cheese.\n",
    ),
];
