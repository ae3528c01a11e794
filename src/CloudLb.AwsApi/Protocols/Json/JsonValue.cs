using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Json;

/// <summary>A value of a JSON document: blobs are Base64, timestamps seconds since 1970.</summary>
internal sealed class JsonValue(object content) : DocumentValue(content)
{
    public override bool TryTimestamp(out DateTimeOffset value)
    {
        value = default;
        return Content is long or double && TryDouble(out var seconds) && EpochSeconds.TryRead(seconds, out value);
    }

    public override bool TryBlob(out ReadOnlyMemory<byte> value)
    {
        value = default;
        return Content is string text && Base64.TryDecode(text, out value);
    }
}
