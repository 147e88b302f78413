/// Staddle's client for applications of Spring Boot: what is configured with `staddle.*`, its
/// health, and its metrics.
@NullMarked
package io.staddle.spring;

import org.jspecify.annotations.NullMarked;
