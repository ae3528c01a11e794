using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi;

/// <summary>An error as it goes to the client.</summary>
/// <param name="Code">AWS's wire code, such as <c>LoadBalancerNotFound</c>.</param>
/// <param name="HttpStatus">The status it is answered with; from 500 on it is told as the receiver's fault.</param>
/// <param name="Message">AWS sends some errors without any text: then null, and the element is left out.</param>
public sealed record WireError(string Code, int HttpStatus, string? Message)
{
    /// <summary>Members that the model gives the error beside its message.</summary>
    public IShape? Details { get; init; }
}
