//! Locks that ignore poisoning.
//!
//! Worker threads catch the panics of their tasks, and no critical section of the shell leaves its data half
//! changed. So data behind a lock is valid even after another thread has panicked.

use std::sync::{LockResult, Mutex, MutexGuard, PoisonError};

/// Locks a mutex.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    unpoisoned(mutex.lock())
}

/// The result of waiting on a condition variable, or the content of a mutex.
pub(crate) fn unpoisoned<T>(result: LockResult<T>) -> T {
    result.unwrap_or_else(PoisonError::into_inner)
}
