namespace CloudLb.AwsApi.Generator.Model;

/// <summary>A modelled error by its wire code.</summary>
/// <param name="Shape">The name that it has in the protocols without a code of their own.</param>
/// <param name="Code">In the Query protocol.</param>
/// <param name="HttpStatus">The status it is answered with.</param>
/// <param name="Details">Its members beside the message.</param>
internal sealed record ErrorModel(string Shape, string Code, int HttpStatus, IReadOnlyList<Member> Details)
{
    public bool Equals(ErrorModel? other) => Shape == other?.Shape;

    public override int GetHashCode() => Shape.GetHashCode(StringComparison.Ordinal);
}
