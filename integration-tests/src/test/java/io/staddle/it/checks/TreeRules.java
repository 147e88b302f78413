package io.staddle.it.checks;

import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Pattern;

import javax.lang.model.element.Modifier;

/// The rules of style that need the tree: lengths of methods, documentation, `default`.
final class TreeRules extends TreePathScanner<@Nullable Void, @Nullable Void> {
    static final int METHOD_LINES_MAX = 50;

    private static final Pattern OPEN_TYPE = Pattern.compile("(Exception|Error|Throwable)\\b");

    private final Source source;
    private final Offences offences;

    TreeRules(Source source, Offences offences) {
        this.source = source;
        this.offences = offences;
    }

    void check() {
        scan(source.tree(), null);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
        boolean topLevel =
                getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
        if (topLevel
                && source.isMain()
                && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                && source.trees().getDocComment(getCurrentPath()) == null) {
            offences.add(source, firstLine(type), type.getSimpleName() + " has no documentation");
        }
        return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
        long length = lastLine(method) - firstLine(method) + 1;
        if (length > METHOD_LINES_MAX && !isTable(method)) {
            String what = method.getName() + " is longer than " + METHOD_LINES_MAX + " lines";
            offences.add(source, firstLine(method), what);
        }
        return super.visitMethod(method, null);
    }

    /// A method that is one switch, apart from some local names before it, reads as a table: one
    /// row a case, however many there are.
    private static boolean isTable(MethodTree method) {
        if (method.getBody() == null || method.getBody().getStatements().isEmpty()) {
            return false;
        }
        List<? extends Tree> statements = method.getBody().getStatements();
        Tree last = statements.getLast();
        boolean isSwitch =
                last instanceof SwitchTree
                        || (last instanceof ReturnTree returned
                                && returned.getExpression() instanceof SwitchExpressionTree);
        return isSwitch
                && statements.subList(0, statements.size() - 1).stream()
                        .allMatch(VariableTree.class::isInstance);
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void unused) {
        checkSwitch(tree, tree.getCases());
        return super.visitSwitch(tree, null);
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void unused) {
        checkSwitch(tree, tree.getCases());
        return super.visitSwitchExpression(tree, null);
    }

    /// Strings and numbers need a `default`; sealed types and enums must not have one.
    private void checkSwitch(Tree tree, List<? extends CaseTree> cases) {
        List<CaseLabelTree> labels =
                cases.stream()
                        .flatMap(one -> one.getLabels().stream())
                        .map(CaseLabelTree.class::cast)
                        .toList();
        boolean open = labels.stream().allMatch(TreeRules::isDefault);
        open |= labels.stream().anyMatch(TreeRules::isOpen);
        if (source.isMain() && !open && labels.stream().anyMatch(TreeRules::isDefault)) {
            offences.add(
                    source, firstLine(tree), "default in a switch over a sealed type or an enum");
        }
    }

    private static boolean isDefault(CaseLabelTree label) {
        return label instanceof DefaultCaseLabelTree;
    }

    /// Nobody can list all strings, numbers and exceptions, and the parser knows no types: so what
    /// is called an exception is one.
    private static boolean isOpen(CaseLabelTree label) {
        return switch (label) {
            case ConstantCaseLabelTree constant ->
                    constant.getConstantExpression() instanceof LiteralTree;
            case PatternCaseLabelTree pattern ->
                    OPEN_TYPE.matcher(pattern.getPattern().toString()).find();
            default -> false;
        };
    }

    private long firstLine(Tree tree) {
        return line(source.trees().getSourcePositions().getStartPosition(source.tree(), tree));
    }

    private long lastLine(Tree tree) {
        return line(source.trees().getSourcePositions().getEndPosition(source.tree(), tree));
    }

    private long line(long position) {
        return source.tree().getLineMap().getLineNumber(Math.max(position, 0));
    }
}
