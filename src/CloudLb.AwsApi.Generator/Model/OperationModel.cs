namespace CloudLb.AwsApi.Generator.Model;

/// <summary>One operation; its messages' own shape names are history and not kept.</summary>
internal sealed record OperationModel
{
    public required string Name { get; init; }

    public required string ResultWrapper { get; init; }

    public required IReadOnlyList<Member> Input { get; init; }

    public required IReadOnlyList<Member> Output { get; init; }

    public required IReadOnlyList<ErrorModel> Errors { get; init; }
}
