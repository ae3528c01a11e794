using CloudLb.AwsApi.Protocols.Query;

namespace CloudLb.AwsApi.Responses;

/// <summary>The client's side of an error document.</summary>
/// <param name="Code">Null when the answer was no error document of AWS's form.</param>
public sealed record ErrorResponse(string? Code, string? Message, string? RequestId)
{
    public static ErrorResponse Read(string xml)
    {
        try
        {
            var root = XmlValue.Parse(xml);
            var error = XmlValue.ChildOf(XmlValue.ChildOf(root, "Errors") ?? root, "Error");
            return new ErrorResponse(
                error is null ? null : XmlValue.ChildOf(error, "Code")?.Value,
                error is null ? null : XmlValue.ChildOf(error, "Message")?.Value,
                (XmlValue.ChildOf(root, "RequestId") ?? XmlValue.ChildOf(root, "RequestID"))?.Value);
        }
        catch (InvalidDataException)
        {
            return new ErrorResponse(null, null, null);
        }
    }
}
