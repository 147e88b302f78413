package io.staddle.cli.transfer;

import io.staddle.api.model.Ownership;

/// What an export says of a grain besides its name and epoch.
///
/// @param owner the owner, or of a grain without one the last
record Exported(String owner, String state) {
    private static final Exported UNOWNED = new Exported("", "unowned");

    static Exported of(Ownership grain) {
        return switch (grain) {
            case Ownership.Unowned unowned -> UNOWNED;
            case Ownership.Owned owned -> new Exported(owned.by().value(), "owned");
            case Ownership.Stranded stranded ->
                    new Exported(stranded.formerOwner().value(), "stranded");
            case Ownership.Released released ->
                    new Exported(released.lastOwner().value(), "released");
        };
    }
}
