namespace Atelier.Data.Hdf5;

/// <summary>A message of an object header.</summary>
/// <param name="Type">Its number: 1 dataspace, 3 datatype, 6 link, 8 layout, 11 filters, 17 symbol
/// table.</param>
/// <param name="Data">Its bytes.</param>
internal readonly record struct Hdf5Message(int Type, byte[] Data);
