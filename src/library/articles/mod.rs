//! The articles of a folder without their texts.
//!
//! An article has several views. From left to right they get smaller and stay in memory longer:
//!
//! ```text
//!  ListedFile ───────────────┐ found by the scan of the folder                    view.rs
//!  (path, size)              │
//!                            ▼
//!  Document + Analysis    ArticleTable ── one per library                         table.rs
//!        │ Survey::of        │  ├─ ArticleRow    addresses, marks, stamp           row.rs
//!        ▼                   │  ├─ PackedMeta    headline, dates, countries, …     packed_meta.rs
//!     Survey ◀───────────┐   │  └─ FileNames     folders and names of files        file_names.rs
//!  (all fields)          │   │  found by path through FileIndex                    file_index.rs
//!        │ From          │   │
//!        ▼               │   ├──▶ ArticleView   unpacked again, for lists           view.rs
//!   PackedSurvey ────────┘   │
//!  (one byte string,         └──▶ SearchDoc     32 bytes, in a SearchScope          search_scope.rs
//!   kept in the index)
//!        │ Library::set_survey takes it apart:
//!        ├─ PackedMeta ──────▶ ArticleTable
//!        ├─ DuplicateRecord ─▶ DuplicateIndex   MinHash and fingerprints            ../duplicates
//!        └─ ArticleSpeakers ─▶ People           speakers and their name groups      ../people/records
//! ```
//!
//! A thread that surveys files makes a [`Survey`](survey::Survey) from the document and its analysis, and packs it at
//! once. The rest of the program sends, stores and keeps the packed form, and unpacks what a screen shows.

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
