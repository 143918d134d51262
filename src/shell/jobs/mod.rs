//! Background jobs: the effects of the model that take long, on threads of their own.
//!
//! [`dispatch`] turns each effect into a task and puts it into a lane of the [`workers`]. The other files are the
//! larger tasks. Surveys wait at the [`foreground_gate`] while the user waits for something.

pub(super) mod dispatch;
pub(super) mod foreground_gate;
mod open_article;
mod speaker_quotes;
mod workers;

use workers::LatestGeneration;
pub(super) use workers::{Lane, Workers, cores};
