namespace CloudLb.AwsApi.Shapes;

/// <summary>Blobs as texts.</summary>
internal static class Base64
{
    public static bool TryDecode(string text, out ReadOnlyMemory<byte> blob)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        var isWhole = Convert.TryFromBase64String(text, bytes, out var length);
        blob = bytes.AsMemory(0, length);
        return isWhole;
    }
}
