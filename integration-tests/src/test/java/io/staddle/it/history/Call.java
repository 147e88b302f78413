package io.staddle.it.history;

/// What was asked about one grain.
sealed interface Call {
    /// What a register answers, and what becomes of it.
    record Step(Answer answer, Register next) {}

    /// Returns what a register in that state does.
    Step on(Register register);

    /// Whether it never changes anything.
    default boolean isRead() {
        return false;
    }

    /// Makes a cluster the owner of what nobody owns.
    record Acquire(String cluster) implements Call {
        @Override
        public Step on(Register register) {
            if (register.isOwnedBy(cluster)) {
                return new Step(new Answer.Granted(register), register);
            }
            return register.kind() == Register.Kind.OWNED
                    ? new Step(new Answer.Refused(register), register)
                    : granted(register.granted(cluster));
        }
    }

    /// Moves what is owned as seen.
    record Promote(String to, String seenOwner, long seenEpoch) implements Call {
        @Override
        public Step on(Register register) {
            if (register.isOwnedBy(to, seenEpoch + 1)) {
                return new Step(new Answer.Granted(register), register);
            }
            return register.isOwnedBy(seenOwner, seenEpoch)
                    ? granted(register.granted(to))
                    : new Step(new Answer.Refused(register), register);
        }
    }

    /// Gives what has the epoch seen to somebody, whoever owns it.
    record Reassign(String to, long seenEpoch) implements Call {
        @Override
        public Step on(Register register) {
            if (register.isOwnedBy(to, seenEpoch + 1)) {
                return new Step(new Answer.Granted(register), register);
            }
            return register.epoch() == seenEpoch
                    ? granted(register.granted(to))
                    : new Step(new Answer.Refused(register), register);
        }
    }

    /// Lets go of what is held.
    record Release(String cluster, long epoch) implements Call {
        @Override
        public Step on(Register register) {
            boolean before =
                    register.kind() == Register.Kind.RELEASED
                            && register.holder().equals(cluster)
                            && register.epoch() == epoch;
            if (before) {
                return new Step(new Answer.Released(epoch), register);
            }
            return register.isOwnedBy(cluster, epoch)
                    ? new Step(new Answer.Released(epoch), register.released())
                    : new Step(new Answer.Refused(register), register);
        }
    }

    /// Asks who owns it.
    record Lookup() implements Call {
        @Override
        public Step on(Register register) {
            return new Step(new Answer.Seen(register), register);
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    /// Asks whether a holder may act.
    record CheckFence(String cluster, long epoch) implements Call {
        @Override
        public Step on(Register register) {
            return new Step(
                    new Answer.Checked(register.isOwnedBy(cluster, epoch), register), register);
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    private static Step granted(Register next) {
        return new Step(new Answer.Granted(next), next);
    }
}
