namespace Atelier.IO;

/// <summary>
/// The cyclic redundancy check of zip and PNG (polynomial 0xEDB88320, reflected, complemented before and
/// after). Eight bytes a step, by Kounavis and Berry's tables, because weights are gigabytes.
/// </summary>
public static class Crc32
{
    private const int Slices = 8;
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>The check of all bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>Goes on from the check of the bytes before; 0 at the start.</summary>
    public static uint Append(uint check, ReadOnlySpan<byte> data)
    {
        var crc = ~check;
        while (data.Length >= Slices)
        {
            var low = crc ^ BitConverter.ToUInt32(data);
            crc = Tables[7][low & 0xFF] ^ Tables[6][(low >> 8) & 0xFF] ^
                Tables[5][(low >> 16) & 0xFF] ^ Tables[4][low >> 24] ^
                Tables[3][data[4]] ^ Tables[2][data[5]] ^ Tables[1][data[6]] ^ Tables[0][data[7]];
            data = data[Slices..];
        }

        foreach (var b in data) crc = Tables[0][(crc ^ b) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        const uint polynomial = 0xEDB88320;
        var tables = new uint[Slices][];
        for (var k = 0; k < Slices; k++) tables[k] = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var value = n;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : polynomial ^ (value >> 1);
            tables[0][n] = value;
        }

        for (var n = 0; n < 256; n++)
            for (var k = 1; k < Slices; k++)
                tables[k][n] = (tables[k - 1][n] >> 8) ^ tables[0][tables[k - 1][n] & 0xFF];
        return tables;
    }
}
