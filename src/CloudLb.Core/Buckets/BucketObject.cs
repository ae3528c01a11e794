namespace CloudLb.Core.Buckets;

/// <summary>What became of reading an object: its content, or why there is none.</summary>
/// <param name="Content">Null with a fault.</param>
/// <param name="Fault">Null with a content.</param>
public sealed record BucketObject(byte[]? Content, ObjectFault? Fault)
{
    public static BucketObject Of(byte[] content) => new(content, null);

    public static BucketObject Not(ObjectFault fault) => new(null, fault);
}
