namespace Atelier.Torch.Pickle;

/// <summary>A file layout of torch.save: a pickle, and the bytes of the storages that it refers to.</summary>
internal interface ITorchContainer
{
    /// <summary>What the pickle describes.</summary>
    TorchContents Contents { get; }

    /// <summary>Where a storage's bytes begin.</summary>
    long Locate(TorchStorage storage);

    /// <summary>Compares a storage's bytes with the check that the file states, where it states
    /// one.</summary>
    void Verify(TorchStorage storage);
}
