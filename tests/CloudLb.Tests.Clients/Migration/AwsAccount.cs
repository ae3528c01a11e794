namespace CloudLb.Tests.Clients.Migration;

/// <summary>A folder of what the AWS CLI has printed of an account: a Classic load balancer and an application load balancer.</summary>
internal sealed class AwsAccount : IDisposable
{
    public const string Certificate = "arn:aws:iam::111122223333:server-certificate/old-web";
    private const string Arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333";
    private const string Shop = $"{Arn}:loadbalancer/app/shop/50dc6c495c0c9188";
    private const string Listener = $"{Arn}:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
    private const string Blue = $"{Arn}:targetgroup/blue/73e2d6bc24d8a067", Green = $"{Arn}:targetgroup/green/73e2d6bc24d8a068";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clb-import-");

    public AwsAccount()
    {
        Write("elb.json", $$"""
            { "LoadBalancerDescriptions": [ {
              "LoadBalancerName": "web", "DNSName": "web-123.eu-west-1.elb.amazonaws.com",
              "CreatedTime": "2019-05-01T10:00:00.120000+00:00",
              "AvailabilityZones": ["eu-west-1a"], "Subnets": [], "SecurityGroups": [], "Scheme": "internet-facing",
              "HealthCheck": { "Target": "HTTP:80/ping", "Interval": 10, "Timeout": 5, "UnhealthyThreshold": 2, "HealthyThreshold": 3 },
              "Instances": [ { "InstanceId": "i-0123456789abcdef0" }, { "InstanceId": "127.0.0.9" } ],
              "ListenerDescriptions": [
                { "Listener": { "Protocol": "HTTP", "LoadBalancerPort": 8080, "InstanceProtocol": "HTTP", "InstancePort": 80 },
                  "PolicyNames": ["session"] },
                { "Listener": { "Protocol": "HTTPS", "LoadBalancerPort": 8443, "InstanceProtocol": "HTTP", "InstancePort": 80,
                  "SSLCertificateId": "{{Certificate}}" }, "PolicyNames": ["ELBSecurityPolicy-2016-08"] },
                { "Listener": { "Protocol": "TCP", "LoadBalancerPort": 2525, "InstanceProtocol": "TCP", "InstancePort": 25 },
                  "PolicyNames": [] } ],
              "BackendServerDescriptions": [ { "InstancePort": 25, "PolicyNames": ["proxied"] } ],
              "Policies": { "AppCookieStickinessPolicies": [ { "PolicyName": "session", "CookieName": "sid" } ],
                "LBCookieStickinessPolicies": [], "OtherPolicies": ["ELBSecurityPolicy-2016-08", "proxied"] } } ] }
            """);
        Write("web.attributes.json", """
            { "LoadBalancerAttributes": { "CrossZoneLoadBalancing": { "Enabled": true }, "AccessLog": { "Enabled": false },
              "ConnectionDraining": { "Enabled": true, "Timeout": 30 }, "ConnectionSettings": { "IdleTimeout": 77 },
              "AdditionalAttributes": [ { "Key": "elb.http.desyncmitigationmode", "Value": "defensive" } ] } }
            """);
        Write("policies/web.json", """
            { "PolicyDescriptions": [
              { "PolicyName": "session", "PolicyTypeName": "AppCookieStickinessPolicyType",
                "PolicyAttributeDescriptions": [ { "AttributeName": "CookieName", "AttributeValue": "sid" } ] },
              { "PolicyName": "proxied", "PolicyTypeName": "ProxyProtocolPolicyType",
                "PolicyAttributeDescriptions": [ { "AttributeName": "ProxyProtocol", "AttributeValue": "true" } ] },
              { "PolicyName": "ELBSecurityPolicy-2016-08", "PolicyTypeName": "SSLNegotiationPolicyType",
                "PolicyAttributeDescriptions": [ { "AttributeName": "Protocol-TLSv1.2", "AttributeValue": "true" } ] } ] }
            """);
        Write("tags.json", """
            { "TagDescriptions": [ { "LoadBalancerName": "web", "Tags": [ { "Key": "team", "Value": "a b" },
              { "Key": "aws:cloudformation:stack-name", "Value": "web" } ] } ] }
            """);
        Write("elbv2.json", $$"""
            { "LoadBalancers": [ { "LoadBalancerArn": "{{Shop}}", "LoadBalancerName": "shop", "Scheme": "internal", "Type": "application",
              "DNSName": "internal-shop-456.eu-west-1.elb.amazonaws.com", "VpcId": "vpc-0123456789abcdef0", "IpAddressType": "ipv4",
              "State": { "Code": "active" }, "SecurityGroups": ["sg-0123456789abcdef0"],
              "AvailabilityZones": [ { "ZoneName": "eu-west-1a", "SubnetId": "subnet-0123456789abcdef0", "LoadBalancerAddresses": [] },
                { "ZoneName": "eu-west-1b", "SubnetId": "subnet-0123456789abcdef1", "LoadBalancerAddresses": [] } ] } ] }
            { "TargetGroups": [ {{Group(Blue, "blue")}}, {{Group(Green, "green")}} ] }
            { "Listeners": [ { "ListenerArn": "{{Listener}}", "LoadBalancerArn": "{{Shop}}", "Port": 8080, "Protocol": "HTTP",
              "DefaultActions": [ { "Type": "forward", "TargetGroupArn": "{{Blue}}", "ForwardConfig": { "TargetGroups":
                [ { "TargetGroupArn": "{{Blue}}", "Weight": 1 } ], "TargetGroupStickinessConfig": { "Enabled": false } } } ] } ] }
            """);
        Write("rules.json", $$"""
            { "Rules": [
              { "RuleArn": "{{Rule("1111")}}", "Priority": "5", "IsDefault": false,
                "Conditions": [ { "Field": "path-pattern", "Values": ["/v2/*"], "PathPatternConfig": { "Values": ["/v2/*"] } },
                  { "Field": "query-string", "QueryStringConfig": { "Values": [ { "Key": "a", "Value": "${b}" }, { "Value": "c" } ] } } ],
                "Actions": [ { "Type": "forward", "Order": 1, "ForwardConfig": { "TargetGroups": [
                  { "TargetGroupArn": "{{Blue}}", "Weight": 9 }, { "TargetGroupArn": "{{Green}}", "Weight": 1 } ],
                  "TargetGroupStickinessConfig": { "Enabled": false } } } ] },
              { "RuleArn": "{{Rule("2222")}}", "Priority": "6", "IsDefault": false,
                "Conditions": [ { "Field": "http-header", "HttpHeaderConfig": { "HttpHeaderName": "X-Old", "Values": ["1*"] } } ],
                "Actions": [ { "Type": "fixed-response", "Order": 1, "FixedResponseConfig": { "StatusCode": "410",
                  "ContentType": "text/plain", "MessageBody": "it's \"gone\" \\ $HOME `id` %{a}\n#{b}" } } ] },
              { "RuleArn": "{{Rule("3333")}}", "Priority": "default", "IsDefault": true, "Conditions": [],
                "Actions": [ { "Type": "forward", "TargetGroupArn": "{{Blue}}" } ] } ] }
            """);
        Write("blue.health.json", """
            { "TargetHealthDescriptions": [
              { "Target": { "Id": "127.0.0.7", "Port": 8081, "AvailabilityZone": "all" }, "TargetHealth": { "State": "healthy" } },
              { "Target": { "Id": "127.0.0.8", "Port": 8081 }, "TargetHealth":
                { "State": "draining", "Reason": "Target.DeregistrationInProgress" } } ] }
            """);
        Write("shop.lb-attributes.json", """
            { "Attributes": [ { "Key": "deletion_protection.enabled", "Value": "false" },
              { "Key": "idle_timeout.timeout_seconds", "Value": "90" }, { "Key": "load_balancing.cross_zone.enabled", "Value": "true" },
              { "Key": "a.setting.of.tomorrow", "Value": "on" } ] }
            """);
        Write("green.tg-attributes.json", """
            { "Attributes": [ { "Key": "deregistration_delay.timeout_seconds", "Value": "20" } ] }
            """);
    }

    /// <summary>The account's ids, as a server's that lists other networks.</summary>
    public static string[] Mapped { get; } =
    [
        "--map", "eu-west-1a=us-east-1a", "--map", "i-0123456789abcdef0=i-0a", "--map", "vpc-0123456789abcdef0=vpc-0a",
        "--map", "subnet-0123456789abcdef0=subnet-0a", "--map", "subnet-0123456789abcdef1=subnet-0b",
        "--map", "sg-0123456789abcdef0=sg-0a",
    ];

    public string Folder => _folder.FullName;

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Rule(string id) => $"{Listener.Replace(":listener/", ":listener-rule/", StringComparison.Ordinal)}/{id}";

    private static string Group(string arn, string name) => $$"""
        { "TargetGroupArn": "{{arn}}", "TargetGroupName": "{{name}}", "Protocol": "HTTP", "Port": 8081, "VpcId": "vpc-0123456789abcdef0",
          "HealthCheckProtocol": "HTTP", "HealthCheckPort": "traffic-port", "HealthCheckEnabled": true,
          "HealthCheckIntervalSeconds": 10, "HealthCheckTimeoutSeconds": 5, "HealthyThresholdCount": 3, "UnhealthyThresholdCount": 2,
          "HealthCheckPath": "/{{name}}", "Matcher": { "HttpCode": "200-299" }, "TargetType": "ip", "ProtocolVersion": "HTTP1",
          "LoadBalancerArns": [], "IpAddressType": "ipv4" }
        """;
}
