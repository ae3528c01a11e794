namespace CloudLb.AwsApi;

/// <summary>Errors that every service may answer and no model lists: AWS's table of common errors.</summary>
public static class CommonErrors
{
    public static readonly ErrorContract InternalFailure = new("InternalFailure", 500, "InternalFailure");

    public static readonly ErrorContract ServiceUnavailable = new("ServiceUnavailable", 503, "ServiceUnavailableException");

    public static readonly ErrorContract ValidationError = new("ValidationError", 400, "ValidationException");
}
