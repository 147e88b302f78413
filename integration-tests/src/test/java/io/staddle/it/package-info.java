/// What users and operators may rely on, one class a topic: `docs/guarantees.md` lists the tests.
@NullMarked
package io.staddle.it;

import org.jspecify.annotations.NullMarked;
