namespace Atelier.Torch.Safetensors;

/// <summary>Writes the bytes of one tensor, row-major and little-endian.</summary>
/// <param name="index">Place of the tensor in the list that was given to the writer.</param>
/// <param name="entry">
/// The tensor; exactly its <see cref="SafetensorsEntry.ByteCount"/> bytes must be written.
/// </param>
/// <param name="destination">Takes these bytes and no more.</param>
public delegate void SafetensorsPayload(int index, SafetensorsEntry entry, Stream destination);
