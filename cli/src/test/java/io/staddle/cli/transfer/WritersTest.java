package io.staddle.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand.Import;
import io.staddle.api.command.DirectoryCommand.RaiseFloor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Since;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Optional;

final class WritersTest {
    private static final Since SINCE = new Since(new Revision(1, 0), 0);

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a,b", "\"q\"", "back\\slash", "a/b", "é😀", " x ", "'"})
    void whatIsExportedIsImportedAsItWas(String key) throws IOException {
        GrainId grain = GrainId.of("ty,\"pe", key);
        ClusterId owner = new ClusterId("eu-1");
        Ownership owned =
                new Ownership.Owned(
                        grain, owner, new Epoch(7), new Fence(1), SINCE, 0, new HoldingId(1));
        for (RowFormat format : RowFormat.values()) {
            StringBuilder text = new StringBuilder();
            format.write(owned, text);
            RowParser parser = format.parser(RowFormat.HEADER, Optional.empty());
            assertThat(parser.parse(text.toString().stripTrailing()))
                    .isEqualTo(new Line.Row(new Import(grain, owner, new Epoch(7))));
        }
    }

    @Test
    void floorsAreImportedAsTheyWere() throws IOException {
        GrainType type = new GrainType("ty,\"pe");
        for (RowFormat format : RowFormat.values()) {
            StringBuilder text = new StringBuilder();
            format.write(new Answer.Floor(type, new Epoch(7)), text);
            RowParser parser = format.parser(RowFormat.HEADER, Optional.empty());
            assertThat(parser.parse(text.toString().stripTrailing()))
                    .isEqualTo(new Line.Floor(new RaiseFloor(type, new Epoch(7))));
        }
    }
}
