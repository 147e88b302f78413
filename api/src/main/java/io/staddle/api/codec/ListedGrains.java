package io.staddle.api.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

import io.staddle.api.model.Ownership;
import io.staddle.api.v1.ListGrainsAnswer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A page of a list of grains as it came: where the next one begins is known at once, and what is
/// in it is read when somebody asks. So whoever receives it can ask for the next one before it has
/// looked at this one, which takes as long as the server took.
public final class ListedGrains {
    private static final int GRAINS =
            ListGrainsAnswer.GRAINS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int NEXT_PAGE_TOKEN =
            ListGrainsAnswer.NEXT_PAGE_TOKEN_FIELD_NUMBER << 3
                    | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private final byte[] answer;
    private final ByteString next;
    private final int count;

    private ListedGrains(byte[] answer, ByteString next, int count) {
        this.answer = answer;
        this.next = next;
        this.count = count;
    }

    /// Takes the bytes of a `ListGrainsAnswer`, which must not change any more.
    ///
    /// @throws IOException if they are none
    public static ListedGrains of(byte[] answer) throws IOException {
        CodedInputStream from = CodedInputStream.newInstance(answer);
        ByteString next = ByteString.EMPTY;
        int count = 0;
        for (int tag = from.readTag(); tag != 0; tag = from.readTag()) {
            if (tag == NEXT_PAGE_TOKEN) {
                next = from.readBytes();
            } else {
                count += tag == GRAINS ? 1 : 0;
                from.skipField(tag);
            }
        }
        return new ListedGrains(answer, next, count);
    }

    /// Returns the token of the page after; empty on the last page.
    public ByteString next() {
        return next;
    }

    /// Reads who owns the grains in it.
    ///
    /// @throws IOException if one of them is not what it should be
    /// @throws io.staddle.api.id.MalformedException if one of them can never be right
    public List<Ownership> grains() throws IOException {
        CodedInputStream from = CodedInputStream.newInstance(answer);
        OwnershipReader reader = new OwnershipReader(from);
        List<Ownership> grains = new ArrayList<>(count);
        for (int tag = from.readTag(); tag != 0; tag = from.readTag()) {
            if (tag == GRAINS) {
                grains.add(reader.next());
            } else {
                from.skipField(tag);
            }
        }
        return grains;
    }
}
