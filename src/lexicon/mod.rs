//! Word knowledge: data files compiled in, one fact a line, and the tables read from them.
pub mod gazetteer;
pub mod names;
