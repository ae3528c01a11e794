namespace CloudLb.AwsApi;

/// <summary>An error of the service's model.</summary>
/// <param name="Code">On the wire, such as <c>LoadBalancerNotFound</c>.</param>
/// <param name="HttpStatus">The status it is answered with.</param>
/// <param name="Shape">The model's own name for it, such as <c>AccessPointNotFoundException</c>.</param>
public sealed record ErrorContract(string Code, int HttpStatus, string Shape);
