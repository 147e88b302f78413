package io.staddle.server.console;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/// The files of the console, from the jar. Browsers keep them, and ask whether they are still the
/// same: so a page never mixes the files of two versions for longer than it is open.
final class Pages {
    private static final Pattern NAME = Pattern.compile("[a-z]+\\.(html|css|js|svg)");

    private final ConcurrentMap<String, Optional<Page>> read = new ConcurrentHashMap<>();

    /// @param tag changes with the content
    private record Page(HttpData content, String tag, MediaType type) {}

    HttpResponse page(String name, HttpRequest request) {
        Optional<Page> found =
                NAME.matcher(name).matches()
                        ? read.computeIfAbsent(name, Pages::read)
                        : Optional.empty();
        return found.map(page -> answer(page, request))
                .orElseGet(() ->
                        Json.problem(HttpStatus.NOT_FOUND, "the console has no file " + name));
    }

    private static HttpResponse answer(Page page, HttpRequest request) {
        boolean known = page.tag().equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH));
        ResponseHeaders headers =
                ResponseHeaders.builder(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                        .add(Shield.HEADERS)
                        .add(HttpHeaderNames.ETAG, page.tag())
                        .contentType(page.type())
                        .build();
        return known ? HttpResponse.of(headers) : HttpResponse.of(headers, page.content());
    }

    private static Optional<Page> read(String name) {
        try (InputStream file = Pages.class.getResourceAsStream(name)) {
            if (file == null) {
                return Optional.empty();
            }
            byte[] content = file.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            String tag = "\"" + HexFormat.of().formatHex(digest, 0, 8) + "\"";
            return Optional.of(new Page(HttpData.wrap(content), tag, type(name)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " of the console", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static MediaType type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> MediaType.HTML_UTF_8;
            case "css" -> MediaType.CSS_UTF_8;
            case "svg" -> MediaType.SVG_UTF_8;
            default -> MediaType.JAVASCRIPT_UTF_8;
        };
    }
}
