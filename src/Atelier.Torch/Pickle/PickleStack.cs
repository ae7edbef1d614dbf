namespace Atelier.Torch.Pickle;

/// <summary>The stack of the pickle machine, with marks; nothing is popped across a mark.</summary>
internal sealed class PickleStack(PickleReader reader)
{
    private readonly List<object?> values = [];
    private readonly List<int> marks = [];

    private int Floor => marks.Count > 0 ? marks[^1] : 0;

    /// <summary>Pushes a value.</summary>
    public void Push(object? value)
    {
        if (values.Count >= PickleLimits.StackDepth) throw TooDeep();
        values.Add(value);
    }

    /// <summary>Pushes a mark.</summary>
    public void PushMark()
    {
        if (marks.Count >= PickleLimits.StackDepth) throw TooDeep();
        marks.Add(values.Count);
    }

    /// <summary>The value on top.</summary>
    public object? Peek() => values.Count > Floor ? values[^1] : throw Empty();

    /// <summary>Drops the value on top, or the mark when it is on top.</summary>
    public void Pop()
    {
        if (values.Count > Floor) values.RemoveAt(values.Count - 1);
        else if (marks.Count > 0) marks.RemoveAt(marks.Count - 1);
        else throw Empty();
    }

    /// <summary>Takes so many values, the lowest first.</summary>
    public IReadOnlyList<object?> Pop(int count)
    {
        if (values.Count - Floor < count) throw Empty();
        return TakeFrom(values.Count - count);
    }

    /// <summary>Takes everything above the last mark, and the mark.</summary>
    public IReadOnlyList<object?> PopToMark()
    {
        if (marks.Count == 0) throw reader.Refuse("its pickle goes back to a mark that it never set");
        var start = Floor;
        marks.RemoveAt(marks.Count - 1);
        return TakeFrom(start);
    }

    /// <summary>The only value left, at the end.</summary>
    public object? Last() => values.Count == 1 && marks.Count == 0
        ? values[0]
        : throw reader.Refuse($"its pickle leaves {values.Count} values and {marks.Count} marks; expected 1");

    private object?[] TakeFrom(int start)
    {
        var taken = values.GetRange(start, values.Count - start).ToArray();
        values.RemoveRange(start, values.Count - start);
        return taken;
    }

    private AtelierException Empty() => reader.Refuse("its pickle takes values from an empty stack");

    private AtelierException TooDeep() =>
        reader.Refuse($"its pickle piles up more than {PickleLimits.StackDepth} values");
}
