/// Recipes: leadership, a lock, a double barrier and the membership of a group, made of grains and
/// barriers. `docs/recipes` says for each what it does not promise.
@NullMarked
package io.staddle.client.recipe;

import org.jspecify.annotations.NullMarked;
