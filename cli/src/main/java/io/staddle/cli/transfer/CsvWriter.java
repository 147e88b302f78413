package io.staddle.cli.transfer;

import io.staddle.api.answer.Answer;
import io.staddle.api.model.Ownership;

import java.io.IOException;

/// Writes rows of CSV.
final class CsvWriter {
    private CsvWriter() {}

    static void write(Ownership grain, Appendable to) throws IOException {
        Exported exported = Exported.of(grain);
        field(grain.grain().type().name(), to);
        to.append(',');
        field(grain.grain().key(), to);
        to.append(',');
        field(exported.owner(), to);
        to.append(',').append(Long.toString(grain.epoch().value())).append(',');
        to.append(exported.state()).append('\n');
    }

    static void write(Answer.Floor floor, Appendable to) throws IOException {
        field(floor.type().name(), to);
        to.append(",,,").append(floor.epoch().toString()).append(',');
        to.append(Fields.FLOOR).append('\n');
    }

    private static void field(String value, Appendable to) throws IOException {
        if (value.indexOf(',') < 0 && value.indexOf('"') < 0) {
            to.append(value);
        } else {
            to.append('"').append(value.replace("\"", "\"\"")).append('"');
        }
    }
}
