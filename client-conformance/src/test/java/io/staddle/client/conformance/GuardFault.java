package io.staddle.client.conformance;

/// What is wrong with a guard.
enum GuardFault {
    /// Whoever comes may write.
    NO_CHECK,
    /// It looks first, and writes later.
    CHECK_BEFORE_WRITE,
    /// It forgets what it saw when it is started again.
    FORGETS,
    /// Opening leaves no trace.
    OPEN_REMEMBERS_NOTHING,
    /// Only writing is checked.
    OPEN_CHECKS_NOTHING,
    /// The same token is good for one write.
    ONCE_ONLY,
    /// An epoch is enough, whoever shows it.
    OWNERS_ARE_ALIKE,
    /// Grains are told apart by their keys.
    TYPES_ARE_ALIKE,
    /// Grains are told apart as a database with a lenient collation would.
    CASES_ARE_ALIKE,
    /// Names are cut.
    SHORT_NAMES,
    /// Epochs are compared as text.
    EPOCHS_ARE_TEXT,
    /// Epochs have 32 bits.
    EPOCHS_ARE_SHORT,
    /// A token that is refused is remembered all the same.
    REFUSED_IS_REMEMBERED,
    /// What was written before a failure stays.
    FAILED_WRITE_STAYS
}
