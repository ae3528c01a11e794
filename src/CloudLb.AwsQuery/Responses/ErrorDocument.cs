namespace CloudLb.AwsQuery.Responses;

/// <summary>AWS's form of an error in the query protocol.</summary>
internal static class ErrorDocument
{
    /// <summary>AWS's namespace for errors of no known service.</summary>
    public const string NoServiceNamespace = "http://webservices.amazon.com/AWSFault/2005-15-09";

    public static void Write(Utf8Buffer buffer, string xmlNamespace, WireError error, string requestId)
    {
        var writer = new ResponseWriter(buffer);
        buffer.Append("<ErrorResponse xmlns=\""u8);
        XmlText.Append(buffer, xmlNamespace);
        buffer.Append("\">"u8);
        writer.Start("Error"u8);
        writer.String("Type"u8, error.HttpStatus < 500 ? "Sender" : "Receiver");
        writer.String("Code"u8, error.Code);
        writer.String("Message"u8, error.Message);
        writer.End("Error"u8);
        writer.String("RequestId"u8, requestId);
        writer.End("ErrorResponse"u8);
        buffer.Append((byte)'\n');
    }
}
