namespace CloudLb.AwsApi.Dispatch;

/// <summary>The errors on the way to an operation, and of one that failed through our own fault.</summary>
internal static class DispatchErrors
{
    /// <summary>AWS documents the code; its words are not known.</summary>
    public static readonly WireError MissingAction = new("MissingAction", 400, "The request must contain the parameter Action.");

    public static readonly WireError InternalFailure =
        new("InternalFailure", 500, "The request processing has failed because of an unknown error, exception or failure.");

    /// <summary>
    /// Another path than the services'. The code is the one that AWS's front ends give for an address they do not serve; the words are
    /// ours.
    /// </summary>
    public static readonly WireError UnknownPath =
        new(
            "UnknownOperationException", 404,
            "No service is answered at this path. Send requests to / or to one of the service paths that the server is set to.");

    /// <summary>Never answered, only written down: nobody was left to answer. The status is the one that others use for it.</summary>
    public static readonly WireError Unanswered =
        new("RequestAborted", 499, "The client went away before it was answered; what it asked for may have been done.");

    /// <param name="service">The service of the version; EC2 has words of its own. Null for a version that is not served.</param>
    public static WireError UnknownOperation(string action, string? version, ServiceContract? service) => new(
        "InvalidAction",
        400,
        service?.IsEc2 == true
            ? $"The action {action} is not valid for this web service."
            : $"Could not find operation {action} for version {version ?? "NO_VERSION_SPECIFIED"}");
}
