namespace Atelier.Torch.Pickle;

/// <summary>
/// Reads a pickled dictionary of numpy arrays, texts, numbers and lists, as the Python batches of CIFAR are.
/// Nothing in it can be executed, because there is nothing here to execute it.
/// </summary>
public static class NumpyPickle
{
    /// <summary>The most bytes of one array: CIFAR-100's training images have 153,600,000.</summary>
    private const int LargestArray = 1 << 28;

    /// <summary>Reads one pickle that fills the bytes.</summary>
    /// <param name="bytes">The whole file; arrays are parts of it.</param>
    /// <param name="refuse">Makes the failure from a clause that begins with "it" and says why.</param>
    /// <returns>
    /// The values by key: <see cref="NumpyArray"/>, string, long, double, bool, null, or a list of these.
    /// </returns>
    /// <exception cref="AtelierException">What <paramref name="refuse"/> makes: damaged, or more than
    /// data.</exception>
    public static IReadOnlyDictionary<string, object?> Read(
        ReadOnlyMemory<byte> bytes, Func<string, AtelierException> refuse)
    {
        ArgumentNullException.ThrowIfNull(refuse);
        var reader = new PickleReader(bytes, refuse, LargestArray);
        var objects = new NumpyObjects(reader);
        var value = new PickleMachine(reader, objects).Run();
        if (reader.Position != bytes.Length)
            throw refuse($"it has {bytes.Length - reader.Position} bytes behind its pickle");
        if (value is not PickleDictionary dictionary)
            throw refuse("it holds a single value and not arrays by name");
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var visits = 0L;
        foreach (var (key, item) in dictionary.Items)
        {
            if (key is not string name) throw refuse("it has a key that is no text");
            // One list may stand under many keys, and each is copied.
            visits += item is PickleList { Items.Count: var count } ? count : 1;
            if (visits > PickleLimits.Visits)
                throw refuse($"it has more than {PickleLimits.Visits} values");
            values.Add(name, item switch
            {
                PickleList list => list.Items.Select(each => Plain(objects, each, refuse)).ToArray(),
                _ => Plain(objects, item, refuse),
            });
        }

        return values;
    }

    private static object? Plain(
        NumpyObjects objects, object? value, Func<string, AtelierException> refuse) =>
        objects.Resolve(value) is var plain &&
        plain is null or string or long or double or bool or NumpyArray
            ? plain
            : throw refuse("it holds something that is no array, text, number or list of such");
}
