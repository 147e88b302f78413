package io.staddle.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/// An immutable sorted map from bytes: changing it returns another that shares most nodes.
///
/// A treap (Seidel and Aragon, 1996) with priorities hashed from the keys, so equal maps have equal
/// shapes. Reading and changing cost `O(log n)`.
///
/// @param <E> the type of the values
final class Image<E> {
    /// A row of the map.
    ///
    /// @param key where it is
    /// @param value what is there
    @SuppressWarnings("ArrayRecordComponent") // never changed once made
    record Entry<E>(byte[] key, E value) {}

    // NIL, below all others, instead of null: it has no entry and is its own child.
    private static final class Node<E> {
        final Optional<Entry<E>> entry;
        final int priority;
        final Node<E> left;
        final Node<E> right;

        Node(Optional<Entry<E>> entry, int priority, Node<E> left, Node<E> right) {
            this.entry = entry;
            this.priority = priority;
            this.left = left;
            this.right = right;
        }

        Node() {
            entry = Optional.empty();
            priority = Integer.MIN_VALUE;
            left = this;
            right = this;
        }

        boolean isNil() {
            return left == this;
        }

        byte[] key() {
            return entry.orElseThrow().key();
        }

        Node<E> with(Node<E> newLeft, Node<E> newRight) {
            return new Node<>(entry, priority, newLeft, newRight);
        }
    }

    private static final Node<?> NIL = new Node<>();
    private static final Image<?> EMPTY = new Image<>(NIL, 0);

    private final Node<E> root;
    private final int size;
    private volatile Optional<List<?>> all = Optional.empty();

    private Image(Node<E> root, int size) {
        this.root = root;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // it holds no value
    static <E> Image<E> empty() {
        return (Image<E>) EMPTY;
    }

    int size() {
        return size;
    }

    Optional<E> get(byte[] key) {
        Node<E> node = root;
        while (!node.isNil()) {
            int order = Arrays.compareUnsigned(key, node.key());
            if (order == 0) {
                return node.entry.map(Entry::value);
            }
            node = order < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    Image<E> with(byte[] key, E value) {
        int newSize = get(key).isPresent() ? size : size + 1;
        return new Image<>(put(root, new Entry<>(key, value)), newSize);
    }

    Image<E> without(byte[] key) {
        return get(key).isPresent() ? new Image<>(remove(root, key), size - 1) : this;
    }

    /// Returns the entry with the greatest key.
    Optional<Entry<E>> last() {
        Node<E> node = root;
        while (!node.right.isNil()) {
            node = node.right;
        }
        return node.entry;
    }

    /// Returns the entries in `range`, ascending.
    Iterator<Entry<E>> scan(KeyRange range) {
        return new Walk<>(root, range);
    }

    /// Returns what `of` makes of all values, ascending. It is made once and kept: `of` must be the
    /// same in each call.
    List<?> all(Function<? super E, ?> of) {
        Optional<List<?>> made = all;
        if (made.isEmpty()) {
            List<Object> values = new ArrayList<>(size);
            scan(KeyRange.all()).forEachRemaining(entry -> values.add(of.apply(entry.value())));
            made = Optional.of(Collections.unmodifiableList(values));
            all = made;
        }
        return made.get();
    }

    private static <E> Node<E> put(Node<E> node, Entry<E> entry) {
        if (node.isNil()) {
            return new Node<>(Optional.of(entry), Bytes.hash(entry.key()), node, node);
        }
        int order = Arrays.compareUnsigned(entry.key(), node.key());
        if (order == 0) {
            return new Node<>(Optional.of(entry), node.priority, node.left, node.right);
        }
        if (order < 0) {
            Node<E> left = put(node.left, entry);
            return left.priority > node.priority
                    ? left.with(left.left, node.with(left.right, node.right))
                    : node.with(left, node.right);
        }
        Node<E> right = put(node.right, entry);
        return right.priority > node.priority
                ? right.with(node.with(node.left, right.left), right.right)
                : node.with(node.left, right);
    }

    private static <E> Node<E> remove(Node<E> node, byte[] key) {
        int order = Arrays.compareUnsigned(key, node.key());
        if (order == 0) {
            return join(node.left, node.right);
        }
        return order < 0
                ? node.with(remove(node.left, key), node.right)
                : node.with(node.left, remove(node.right, key));
    }

    private static <E> Node<E> join(Node<E> left, Node<E> right) {
        if (left.isNil()) {
            return right;
        }
        if (right.isNil()) {
            return left;
        }
        return left.priority > right.priority
                ? left.with(left.left, join(left.right, right))
                : right.with(join(left, right.left), right.right);
    }

    private static final class Walk<E> implements Iterator<Entry<E>> {
        private final Deque<Node<E>> path = new ArrayDeque<>();
        private final KeyRange range;

        Walk(Node<E> root, KeyRange range) {
            this.range = range;
            Node<E> node = root;
            while (!node.isNil()) {
                if (Arrays.compareUnsigned(node.key(), range.from()) >= 0) {
                    path.push(node);
                    node = node.left;
                } else {
                    node = node.right;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty() && range.endsAfter(path.element().key());
        }

        @Override
        public Entry<E> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Node<E> node = path.pop();
            for (Node<E> next = node.right; !next.isNil(); next = next.left) {
                path.push(next);
            }
            return node.entry.orElseThrow();
        }
    }
}
