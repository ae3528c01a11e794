namespace CloudLb.Core;

/// <summary>An error as it stands on the wire: AWS's code and the HTTP status it is answered with.</summary>
/// <remarks>Codes and statuses: the service models of 2012-06-01 and, for IAM, 2010-05-08 (their <c>error.code</c>, not the shape's name) and the API reference's common errors.</remarks>
public sealed record ErrorCode(string Name, int HttpStatus)
{
    public static readonly ErrorCode CertificateNotFound = new(nameof(CertificateNotFound), 400);
    public static readonly ErrorCode DeleteConflict = new(nameof(DeleteConflict), 409);
    public static readonly ErrorCode DuplicateListener = new(nameof(DuplicateListener), 400);
    public static readonly ErrorCode DuplicateLoadBalancerName = new(nameof(DuplicateLoadBalancerName), 400);
    public static readonly ErrorCode DuplicatePolicyName = new(nameof(DuplicatePolicyName), 400);
    public static readonly ErrorCode DuplicateTagKeys = new(nameof(DuplicateTagKeys), 400);
    public static readonly ErrorCode EntityAlreadyExists = new(nameof(EntityAlreadyExists), 409);
    public static readonly ErrorCode InvalidConfigurationRequest = new(nameof(InvalidConfigurationRequest), 409);
    public static readonly ErrorCode InvalidInput = new(nameof(InvalidInput), 400);
    public static readonly ErrorCode InvalidInstance = new(nameof(InvalidInstance), 400);
    public static readonly ErrorCode InvalidScheme = new(nameof(InvalidScheme), 400);
    public static readonly ErrorCode InvalidSecurityGroup = new(nameof(InvalidSecurityGroup), 400);
    public static readonly ErrorCode InvalidSubnet = new(nameof(InvalidSubnet), 400);
    public static readonly ErrorCode KeyPairMismatch = new(nameof(KeyPairMismatch), 400);
    public static readonly ErrorCode LimitExceeded = new(nameof(LimitExceeded), 409);
    public static readonly ErrorCode ListenerNotFound = new(nameof(ListenerNotFound), 400);
    public static readonly ErrorCode LoadBalancerAttributeNotFound = new(nameof(LoadBalancerAttributeNotFound), 400);
    public static readonly ErrorCode LoadBalancerNotFound = new(nameof(LoadBalancerNotFound), 400);
    public static readonly ErrorCode MalformedCertificate = new(nameof(MalformedCertificate), 400);
    public static readonly ErrorCode NoSuchEntity = new(nameof(NoSuchEntity), 404);
    public static readonly ErrorCode OperationNotPermitted = new(nameof(OperationNotPermitted), 400);
    public static readonly ErrorCode PolicyNotFound = new(nameof(PolicyNotFound), 400);
    public static readonly ErrorCode PolicyTypeNotFound = new(nameof(PolicyTypeNotFound), 400);
    public static readonly ErrorCode ServiceUnavailable = new(nameof(ServiceUnavailable), 503);
    public static readonly ErrorCode SubnetNotFound = new(nameof(SubnetNotFound), 400);
    public static readonly ErrorCode TooManyLoadBalancers = new(nameof(TooManyLoadBalancers), 400);
    public static readonly ErrorCode TooManyPolicies = new(nameof(TooManyPolicies), 400);
    public static readonly ErrorCode TooManyTags = new(nameof(TooManyTags), 400);
    public static readonly ErrorCode UnmodifiableEntity = new(nameof(UnmodifiableEntity), 400);
    public static readonly ErrorCode UnsupportedProtocol = new(nameof(UnsupportedProtocol), 400);
    public static readonly ErrorCode ValidationError = new(nameof(ValidationError), 400);
}
