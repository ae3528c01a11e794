namespace CloudLb.AwsApi;

/// <summary>AWS's two forms of the query protocol: its models call them <c>query</c> and <c>ec2</c>.</summary>
public enum QueryDialect
{
    /// <summary>The result in an element of its own, the request id in ResponseMetadata, one Error in an ErrorResponse.</summary>
    Query,

    /// <summary>The request id and the members of the result directly in the answer; errors as Response, Errors, Error.</summary>
    Ec2,
}
