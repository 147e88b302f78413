import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes `docs/api.md` of the `.proto` files of the public API, or says that it is out of date.
///
///     java tools/ApiPage.java write|check ROOT
///
/// It reads the files line by line, as they are written here: a declaration a line, comments before
/// it. What it does not understand, it refuses.
final class ApiPage {
    private static final List<String> FILES =
            List.of("services.proto", "model.proto", "commands.proto", "events.proto");
    private static final Map<String, String> TITLES =
            Map.of(
                    "services.proto", "Requests and answers",
                    "model.proto", "Nouns",
                    "commands.proto", "Commands",
                    "events.proto", "Events");
    private static final Pattern BLOCK =
            Pattern.compile("(message|enum|service|oneof) (\\w+) \\{(})?");
    private static final Pattern CALL =
            Pattern.compile(
                    "rpc (\\w+)\\((stream )?\\.?([\\w.]+)\\) returns"
                            + " \\((stream )?\\.?([\\w.]+)\\);");
    private static final Pattern FIELD =
            Pattern.compile(
                    "(repeated |optional )?([\\w.]+|map<\\w+, [\\w.]+>) (\\w+) = (\\d+)"
                            + "(?: \\[.*])?;");
    private static final Pattern CONSTANT = Pattern.compile("(\\w+) = (\\d+);");
    private static final Pattern ASIDE =
            Pattern.compile("(syntax|package|import|option|reserved) .*");

    private final Map<String, Block> blocks = new LinkedHashMap<>();
    private final Map<String, String> introductions = new LinkedHashMap<>();

    private ApiPage() {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[1]);
        Path page = root.resolve("docs/api.md");
        ApiPage made = new ApiPage();
        for (String file : FILES) {
            made.read(root.resolve("api/src/main/proto/staddle/v1").resolve(file), file);
        }
        String text = made.page();
        if (args[0].equals("write")) {
            Files.writeString(page, text);
        } else if (!Files.exists(page) || !Files.readString(page).equals(text)) {
            System.err.println(
                    "docs/api.md is not what the .proto files say: java tools/ApiPage.java write"
                            + " .");
            System.exit(1);
        }
    }

    /// A message, an enum or a service.
    ///
    /// @param name with those of the messages around it
    private record Block(String kind, String name, String file, String comment, List<Row> rows) {}

    /// A field, a constant or a call.
    private record Row(List<String> cells, String comment) {}

    /// What a line is within.
    private record Place(Block block, String oneof, String oneofComment) {}

    private void read(Path path, String file) throws IOException {
        Deque<Place> places = new ArrayDeque<>();
        List<String> comment = new ArrayList<>();
        for (String raw : Files.readAllLines(path)) {
            String line = raw.strip();
            if (line.startsWith("//")) {
                comment.add(line.substring(2).strip());
            } else if (line.isEmpty()) {
                comment.clear();
            } else {
                String said = String.join(" ", comment);
                comment.clear();
                if (line.startsWith("package")) {
                    introductions.put(file, said);
                } else if (!ASIDE.matcher(line).matches()) {
                    line(line, said, places, file);
                }
            }
        }
    }

    private void line(String line, String comment, Deque<Place> places, String file) {
        Matcher block = BLOCK.matcher(line);
        if (block.matches()) {
            Place place = open(block.group(1), block.group(2), comment, places, file);
            if (block.group(3) == null) {
                places.push(place);
            }
        } else if (line.equals("}")) {
            places.pop();
        } else {
            places.element().block().rows().add(row(line, comment, places.element()));
        }
    }

    private Place open(String kind, String name, String comment, Deque<Place> places, String file) {
        if (kind.equals("oneof")) {
            return new Place(places.element().block(), name, comment);
        }
        String full = places.isEmpty() ? name : places.element().block().name() + "." + name;
        Block block = new Block(kind, full, file, comment, new ArrayList<>());
        if (blocks.put(full, block) != null) {
            throw new IllegalStateException(full + " is there twice");
        }
        return new Place(block, "", "");
    }

    private Row row(String line, String comment, Place place) {
        Matcher call = CALL.matcher(line);
        if (call.matches()) {
            List<String> cells =
                    List.of(
                            "`" + call.group(1) + "`",
                            streamed(call.group(2), call.group(3)),
                            streamed(call.group(4), call.group(5)));
            return new Row(cells, comment.isEmpty() ? "^" + simple(call.group(3)) : comment);
        }
        Matcher field = FIELD.matcher(line);
        if (field.matches()) {
            String repeated = field.group(1) == null ? "" : field.group(1);
            List<String> cells =
                    List.of(
                            field.group(4),
                            "`" + field.group(3) + "`",
                            repeated + "@" + place.block().name() + "@" + field.group(2));
            return new Row(cells, said(comment, place));
        }
        Matcher constant = CONSTANT.matcher(line);
        if (constant.matches()) {
            return new Row(List.of(constant.group(2), "`" + constant.group(1) + "`"), comment);
        }
        throw new IllegalStateException("not understood: " + line);
    }

    private static String said(String comment, Place place) {
        String one = place.oneof().isEmpty() ? "" : "One of `" + place.oneof() + "`. ";
        return (one + comment).strip();
    }

    private static String streamed(String stream, String type) {
        return (stream == null ? "" : "stream of ") + "@@" + type;
    }

    private static String simple(String type) {
        return type.replace("staddle.v1.", "");
    }

    private String page() {
        StringBuilder page = new StringBuilder();
        page.append("# API reference\n\n")
                .append("gRPC, package `staddle.v1`, on each server's API port; reflection and the")
                .append(" standard health service are there, too. Made of the `.proto` files in")
                .append(" `api/src/main/proto/staddle/v1` by `java tools/ApiPage.java write .`: do")
                .append(" not edit it. The [Java client](client.md) and the command line are made")
                .append(" of these calls; [refusals.md](refusals.md) has what they may be refused")
                .append(" with.\n\n")
                .append(introductions.get("services.proto"))
                .append("\n\n## Services\n\n| service | for |\n|---|---|\n");
        List<Block> services = of("service", "services.proto");
        for (Block each : services) {
            page.append("| [").append(each.name()).append("](#service-");
            page.append(each.name().toLowerCase(Locale.ROOT)).append(") | ");
            page.append(cell(each.comment())).append(" |\n");
        }
        services.forEach(each -> service(each, page));
        for (String file : FILES) {
            page.append("\n## ").append(TITLES.get(file)).append('\n');
            if (!file.equals("services.proto") && !introductions.get(file).isEmpty()) {
                page.append('\n').append(introductions.get(file)).append('\n');
            }
            of("message", file).forEach(each -> block(each, page));
        }
        return page.toString();
    }

    /// The services of a file; or its messages and enums.
    private List<Block> of(String kind, String file) {
        return blocks.values().stream()
                .filter(each -> each.file().equals(file))
                .filter(each -> each.kind().equals("service") == kind.equals("service"))
                .collect(Collectors.toList());
    }

    private void service(Block service, StringBuilder page) {
        page.append("\n### Service ").append(service.name()).append("\n\n");
        page.append("| call | request | answer | |\n|---|---|---|---|\n");
        for (Row row : service.rows()) {
            row(row, page);
        }
    }

    private void block(Block block, StringBuilder page) {
        page.append("\n### ").append(heading(block.name())).append("\n");
        if (!block.comment().isEmpty()) {
            page.append('\n').append(block.comment()).append('\n');
        }
        if (block.rows().isEmpty()) {
            return;
        }
        page.append(
                block.kind().equals("enum")
                        ? "\n| | constant | |\n|---|---|---|\n"
                        : "\n| | field | type | |\n|---|---|---|---|\n");
        for (Row row : block.rows()) {
            row(row, page);
        }
    }

    private void row(Row row, StringBuilder page) {
        page.append('|');
        for (String each : row.cells()) {
            page.append(' ').append(linked(each)).append(" |");
        }
        String comment =
                row.comment().startsWith("^")
                        ? firstSentence(blocks.get(row.comment().substring(1)).comment())
                        : row.comment();
        page.append(' ').append(cell(comment)).append(" |\n");
    }

    /// Puts a link for a type: `@WITHIN@NAME`.
    private String linked(String cell) {
        int at = cell.indexOf('@');
        if (at < 0) {
            return cell;
        }
        int second = cell.indexOf('@', at + 1);
        String within = cell.substring(at + 1, second);
        String type = simple(cell.substring(second + 1));
        String scope = within;
        while (true) {
            String full = scope.isEmpty() ? type : scope + "." + type;
            if (blocks.containsKey(full)) {
                return cell.substring(0, at) + "[" + type + "](#" + anchor(full) + ")";
            }
            if (scope.isEmpty()) {
                return cell.substring(0, at) + "`" + type + "`";
            }
            scope = scope.substring(0, Math.max(0, scope.lastIndexOf('.')));
        }
    }

    /// Without dots, which anchors would be without: `A.B` and `AB` would have the same.
    private static String heading(String name) {
        return name.replace('.', ' ');
    }

    private static String anchor(String name) {
        return heading(name).replace(" ", "-").toLowerCase(Locale.ROOT);
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
