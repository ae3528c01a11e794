namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>Where a structure travels.</summary>
[Flags]
internal enum Direction
{
    Request = 1,
    Response = 2,
}
