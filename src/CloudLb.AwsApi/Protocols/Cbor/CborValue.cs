using CloudLb.AwsApi.Protocols.Documents;

namespace CloudLb.AwsApi.Protocols.Cbor;

/// <summary>A value of a CBOR document, which has types of its own for blobs and timestamps.</summary>
internal sealed class CborValue(object content) : DocumentValue(content)
{
    public override bool TryTimestamp(out DateTimeOffset value)
    {
        value = Content is DateTimeOffset time ? time : default;
        return Content is DateTimeOffset;
    }

    public override bool TryBlob(out ReadOnlyMemory<byte> value)
    {
        value = Content as byte[];
        return Content is byte[];
    }
}
