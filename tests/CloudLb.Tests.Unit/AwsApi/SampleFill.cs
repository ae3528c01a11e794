namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>How much of a sample message is there.</summary>
internal enum SampleFill
{
    /// <summary>Every member; lists have two.</summary>
    Everything,

    /// <summary>Of structures that require something, only that.</summary>
    RequiredOnly,
}
