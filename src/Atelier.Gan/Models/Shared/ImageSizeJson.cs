using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atelier.Gan;

/// <summary>A shape in JSON: a number for a square, as before there were others, else a text.</summary>
internal sealed class ImageSizeJson : JsonConverter<ImageSize>
{
    public override ImageSize Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var side)) return side;
        if (reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var size))
            return size;
        throw new JsonException("the size of the images is neither a whole number nor like 64x48");
    }

    /// <summary>Reads width x height; a square is a number and no text.</summary>
    public static bool TryParse(string text, out ImageSize size) =>
        ImageSize.TryParse(text, out size) && text.Contains('x', StringComparison.Ordinal);

    public override void Write(Utf8JsonWriter writer, ImageSize value, JsonSerializerOptions options)
    {
        if (value.IsSquare) writer.WriteNumberValue(value.Height);
        else writer.WriteStringValue(value.ToString());
    }
}
