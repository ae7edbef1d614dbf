using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atelier.Gan;

/// <summary>A shape in JSON: a number for a square, as before there were others, else a text.</summary>
internal sealed class ImageShapeJson : JsonConverter<ImageShape>
{
    public override ImageShape Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var side)) return side;
        if (reader.TokenType == JsonTokenType.String &&
            ImageShape.TryParse(reader.GetString(), out var shape))
            return shape;
        throw new JsonException("the size of the images is neither a whole number nor like 64x48");
    }

    public override void Write(Utf8JsonWriter writer, ImageShape value, JsonSerializerOptions options)
    {
        if (value.IsSquare) writer.WriteNumberValue(value.Height);
        else writer.WriteStringValue(value.ToString());
    }
}
