namespace CloudLb.AwsApi.Generator.Model;

/// <summary>A modelled error by its wire code.</summary>
/// <param name="Shape">The name that it has in the protocols without a code of their own.</param>
internal sealed record ErrorModel(string Shape, string Code, int HttpStatus);
