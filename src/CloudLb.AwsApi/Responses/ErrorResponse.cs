namespace CloudLb.AwsApi.Responses;

/// <summary>The client's side of an error document.</summary>
/// <param name="Code">Null when the answer was no error document of AWS's form.</param>
public sealed record ErrorResponse(string? Code, string? Message, string? RequestId)
{
    public static ErrorResponse Read(string xml)
    {
        try
        {
            var root = ResponseReader.Parse(xml);
            var error = ResponseReader.ChildOf(ResponseReader.ChildOf(root, "Errors") ?? root, "Error");
            return new ErrorResponse(
                error is null ? null : ResponseReader.ChildOf(error, "Code")?.Value,
                error is null ? null : ResponseReader.ChildOf(error, "Message")?.Value,
                (ResponseReader.ChildOf(root, "RequestId") ?? ResponseReader.ChildOf(root, "RequestID"))?.Value);
        }
        catch (InvalidDataException)
        {
            return new ErrorResponse(null, null, null);
        }
    }
}
