using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi.Shapes;

/// <summary>
/// A structure with the XML that it has as a member of a list of the Query protocol, so that what many answers repeat is written once.
/// </summary>
public sealed class Written<TShape>
    where TShape : class, IShape<TShape>
{
    public Written(TShape value)
    {
        Value = value;
        using var buffer = new Utf8Buffer(UsualLength);
        new XmlShapeWriter(buffer).Structure("member"u8, value);
        Xml = buffer.Span.ToArray();
    }

    /// <summary>Bytes; most structures that are worth it have less.</summary>
    private const int UsualLength = 2048;

    public TShape Value { get; }

    internal byte[] Xml { get; }
}
