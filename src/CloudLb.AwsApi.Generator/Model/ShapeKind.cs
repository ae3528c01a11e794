namespace CloudLb.AwsApi.Generator.Model;

/// <summary>The kinds of shapes that the models have.</summary>
internal enum ShapeKind
{
    String,
    Int32,
    Int64,
    Double,
    Boolean,
    Timestamp,
    Blob,
    Structure,
    List,
    Map,
}
