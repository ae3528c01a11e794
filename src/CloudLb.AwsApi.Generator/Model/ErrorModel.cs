namespace CloudLb.AwsApi.Generator.Model;

/// <summary>A modelled error by its wire code.</summary>
internal sealed record ErrorModel(string Code, int HttpStatus);
