/// What is measured, for Prometheus.
@NullMarked
package io.staddle.server.metrics;

import org.jspecify.annotations.NullMarked;
