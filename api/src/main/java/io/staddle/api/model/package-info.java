/// The nouns: what is known of grains, clusters, holdings and moves.
@NullMarked
package io.staddle.api.model;

import org.jspecify.annotations.NullMarked;
