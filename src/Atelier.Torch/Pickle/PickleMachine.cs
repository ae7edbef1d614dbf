namespace Atelier.Torch.Pickle;

/// <summary>
/// A machine for pickles of protocols 2 to 5. It knows data, and of code only names: a global becomes a
/// value of a short list, and a call is carried out by <see cref="IPickleObjects"/> for these names alone.
/// It does not recurse, and stack, memo and steps are bounded.
/// </summary>
internal sealed class PickleMachine(PickleReader reader, IPickleObjects objects)
{
    private readonly PickleStack stack = new(reader);
    private readonly Dictionary<long, object?> memo = [];

    /// <summary>Runs one pickle up to its STOP and gives the value that it describes.</summary>
    /// <exception cref="AtelierException">The pickle holds anything else than the data that its kind of file
    /// needs; what the reader's failure makes of it.</exception>
    public object? Run()
    {
        if (reader.Byte() != (byte)PickleOpcode.Proto)
            throw reader.Refuse("its pickle does not begin with a protocol number");
        var protocol = reader.Byte();
        if (protocol is < 2 or > 5)
            throw reader.Refuse($"its pickle has protocol {protocol}; expected 2 to 5");
        for (var count = 0; count < PickleLimits.Operations; count++)
        {
            var opcode = (PickleOpcode)reader.Byte();
            if (opcode == PickleOpcode.Stop) return stack.Last();
            if (!TryLiteral(opcode) && !TryContainer(opcode) && !TryMemo(opcode) && !TryObject(opcode))
                throw reader.Refuse(Enum.IsDefined(opcode)
                    ? $"its pickle uses the opcode {opcode.ToString().ToUpperInvariant()}, which no " +
                      $"{objects.Subject} needs"
                    : $"its pickle uses 0x{(byte)opcode:X2}, which is no opcode");
        }

        throw reader.Refuse($"its pickle has more than {PickleLimits.Operations} steps");
    }

    private bool TryLiteral(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.None: stack.Push(null); return true;
            case PickleOpcode.NewTrue: stack.Push(true); return true;
            case PickleOpcode.NewFalse: stack.Push(false); return true;
            case PickleOpcode.BinInt: stack.Push((long)reader.Int32()); return true;
            case PickleOpcode.BinInt1: stack.Push((long)reader.Byte()); return true;
            case PickleOpcode.BinInt2: stack.Push((long)reader.UInt16()); return true;
            case PickleOpcode.Long1: stack.Push(reader.Long(reader.Byte())); return true;
            case PickleOpcode.Long4: stack.Push(reader.Long(reader.Int32())); return true;
            case PickleOpcode.BinFloat: stack.Push(reader.BigEndianDouble()); return true;
            case PickleOpcode.BinUnicode: stack.Push(reader.Text(reader.UInt32())); return true;
            case PickleOpcode.ShortBinUnicode: stack.Push(reader.Text(reader.Byte())); return true;
            case PickleOpcode.BinUnicode8: stack.Push(reader.Text(reader.Length8())); return true;
            case PickleOpcode.BinBytes: PushBytes(reader.UInt32()); return true;
            case PickleOpcode.ShortBinBytes: PushBytes(reader.Byte()); return true;
            case PickleOpcode.BinBytes8: PushBytes(reader.Length8()); return true;
            case PickleOpcode.BinString: PushOldText(reader.UInt32()); return true;
            case PickleOpcode.ShortBinString: PushOldText(reader.Byte()); return true;
            default: return false;
        }
    }

    private bool TryContainer(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark: stack.PushMark(); return true;
            case PickleOpcode.Pop: stack.Pop(); return true;
            case PickleOpcode.PopMark: stack.PopToMark(); return true;
            case PickleOpcode.EmptyTuple: stack.Push(PickleTuple.Empty); return true;
            case PickleOpcode.Tuple1: stack.Push(new PickleTuple(stack.Pop(1))); return true;
            case PickleOpcode.Tuple2: stack.Push(new PickleTuple(stack.Pop(2))); return true;
            case PickleOpcode.Tuple3: stack.Push(new PickleTuple(stack.Pop(3))); return true;
            case PickleOpcode.Tuple: stack.Push(new PickleTuple(stack.PopToMark())); return true;
            case PickleOpcode.EmptyList: stack.Push(new PickleList()); return true;
            case PickleOpcode.EmptyDict: stack.Push(new PickleDictionary()); return true;
            case PickleOpcode.Append: Extend(stack.Pop(1)); return true;
            case PickleOpcode.Appends: Extend(stack.PopToMark()); return true;
            case PickleOpcode.SetItem: Set(stack.Pop(2)); return true;
            case PickleOpcode.SetItems: Set(stack.PopToMark()); return true;
            default: return false;
        }
    }

    private bool TryMemo(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.BinPut: Remember(reader.Byte()); return true;
            case PickleOpcode.LongBinPut: Remember(reader.UInt32()); return true;
            case PickleOpcode.Memoize: Remember(memo.Count); return true;
            case PickleOpcode.BinGet: Recall(reader.Byte()); return true;
            case PickleOpcode.LongBinGet: Recall(reader.UInt32()); return true;
            case PickleOpcode.Frame: reader.BeginFrame(reader.Length8()); return true;
            default: return false;
        }
    }

    private bool TryObject(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global: stack.Push(objects.Global(reader.Line(), reader.Line())); return true;
            case PickleOpcode.StackGlobal:
                var names = stack.Pop(2);
                if (names is not [string module, string name])
                    throw reader.Refuse("its pickle makes a global of something that is no name");
                stack.Push(objects.Global(module, name));
                return true;
            case PickleOpcode.Reduce:
                var call = stack.Pop(2);
                stack.Push(objects.Reduce(call[0], call[1]));
                return true;
            case PickleOpcode.Build:
                var state = stack.Pop(1)[0];
                objects.Build(stack.Peek(), state);
                return true;
            case PickleOpcode.BinPersId: stack.Push(objects.Storage(stack.Pop(1)[0])); return true;
            default: return false;
        }
    }

    private void PushBytes(long count) => stack.Push(objects.Bytes(reader.Blob(count)));

    private void PushOldText(long count) => stack.Push(objects.OldText(reader.Blob(count)));

    private void Extend(IReadOnlyList<object?> values)
    {
        if (stack.Peek() is not PickleList list)
            throw reader.Refuse("its pickle appends to something that is no list");
        list.Add(values);
    }

    private void Set(IReadOnlyList<object?> values)
    {
        if (stack.Peek() is not PickleDictionary target || values.Count % 2 != 0)
            throw reader.Refuse("its pickle sets items of something that is no dictionary");
        for (var k = 0; k < values.Count; k += 2)
        {
            if (values[k] is not (string or long))
                throw reader.Refuse(
                    "its pickle has a dictionary key that is neither text nor a whole number");
            if (!target.TryAdd(values[k]!, values[k + 1]))
                throw reader.Refuse(
                    $"its pickle sets the key {Safetensors.SafetensorsLimits.Quote($"{values[k]}")} twice");
        }
    }

    private void Remember(long place)
    {
        memo[place] = stack.Peek();
        if (memo.Count > PickleLimits.MemoEntries)
            throw reader.Refuse($"its pickle keeps more than {PickleLimits.MemoEntries} values");
    }

    private void Recall(long place) => stack.Push(memo.TryGetValue(place, out var value)
        ? value
        : throw reader.Refuse($"its pickle asks for the value {place} that it never kept"));
}
