package io.staddle.server.console;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;

/// What browsers are told so that nothing but the console's own files runs in its pages.
final class Shield {
    /// Nothing from elsewhere, no script or style within a page, nobody else's frame.
    static final HttpHeaders HEADERS =
            HttpHeaders.builder()
                    .add(
                            HttpHeaderNames.CONTENT_SECURITY_POLICY,
                            "default-src 'self'; base-uri 'none'; form-action 'none';"
                                    + " frame-ancestors 'none'; object-src 'none'")
                    .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                    .add(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
                    .add(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                    .add("cross-origin-opener-policy", "same-origin")
                    .add("cross-origin-resource-policy", "same-origin")
                    .build();

    private Shield() {}
}
