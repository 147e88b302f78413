package io.staddle.statemachine.ratis;

/// Is told how far an entry gets that this server proposed, on the thread that applies.
///
/// It must neither hold that thread up nor throw, and what is applied does not depend on it.
public interface EntryStages {
    /// Takes no note.
    EntryStages NONE =
            new EntryStages() {
                @Override
                public void committed(long index) {}

                @Override
                public void applied() {}
            };

    /// It is committed, and about to be applied.
    ///
    /// @param index its place in the log
    void committed(long index);

    /// It is applied.
    void applied();
}
