using CloudLb.Tools.Grammars;
using CloudLb.Tools.Running;

namespace CloudLb.Tests.Unit.Tools;

public sealed class GrammarTests
{
    [Theory]
    [InlineData("protocol=HTTP,lb-port=80,instance-port=8080")]
    [InlineData(" instance-port = 8080 , lb-port=80, protocol=http ")]
    public void A_listener_is_read_in_any_order_and_case(string text)
    {
        var listener = ListenerText.Parse(text);

        Assert.Equal(("HTTP", null), (listener.Protocol, listener.InstanceProtocol));
        Assert.Equal((80, 8080), (listener.LoadBalancerPort, listener.InstancePort));
    }

    [Fact]
    public void A_listener_has_an_instance_protocol_and_a_certificate()
    {
        var listener = ListenerText.Parse(
            "protocol=ssl, lb-port=443, instance-port=80, instance-protocol=tcp, cert-id=arn:aws:iam::1:server-certificate/c");

        Assert.Equal(("SSL", "TCP"), (listener.Protocol, listener.InstanceProtocol));
        Assert.Equal("arn:aws:iam::1:server-certificate/c", listener.SSLCertificateId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("protocol=HTTP,lb-port=80")]
    [InlineData("protocol=HTTP,instance-port=80")]
    [InlineData("lb-port=80,instance-port=80")]
    [InlineData("protocol=UDP,lb-port=80,instance-port=80")]
    [InlineData("protocol=HTTP,lb-port=x,instance-port=80")]
    [InlineData("protocol=HTTP,lb-port=80,instance-port=-1")]
    [InlineData("protocol=HTTP,lb-port=80,instance-port=80,instance-protocol=TCP")]
    [InlineData("protocol=TCP,lb-port=80,instance-port=80,instance-protocol=HTTPS")]
    [InlineData("protocol=HTTP,lb-port=80,instance-port=80,color=red")]
    [InlineData("protocol=HTTP,lb-port=80,lb-port=81,instance-port=80")]
    [InlineData("HTTP,80,80")]
    [InlineData("protocol=HTTP=S,lb-port=80,instance-port=80")]
    public void What_is_no_listener_is_refused_before_anything_is_sent(string text) => Refused(() => ListenerText.Parse(text));

    [Theory]
    [InlineData("http:80/ping", "HTTP:80/ping")]
    [InlineData("HTTPS:443/", "HTTPS:443/")]
    [InlineData("tcp:22", "TCP:22")]
    [InlineData("Ssl:443", "SSL:443")]
    [InlineData("GOPHER:70", "GOPHER:70")]
    public void A_known_protocol_of_a_health_check_is_written_in_capitals(string text, string expected) =>
        Assert.Equal(expected, HealthTargetText.Parse(text));

    [Theory]
    [InlineData("HTTP:80")]
    [InlineData("HTTPS:443")]
    [InlineData("TCP:x")]
    [InlineData("80")]
    [InlineData(":80")]
    public void What_is_no_target_is_refused(string text) => Refused(() => HealthTargetText.Parse(text));

    [Theory]
    [InlineData("name=PublicKey, value=MIIB=", "PublicKey", "MIIB=")]
    [InlineData(" name = ProxyProtocol ,value = true ", "ProxyProtocol", "true")]
    public void The_value_of_an_attribute_may_hold_an_equals_sign(string text, string name, string value)
    {
        var attribute = PolicyAttributeText.Parse(text);

        Assert.Equal((name, value), (attribute.AttributeName, attribute.AttributeValue));
    }

    [Theory]
    [InlineData("name=a")]
    [InlineData("value=a, name=b")]
    [InlineData("a=b")]
    [InlineData("name=, value=b")]
    public void What_is_no_attribute_is_refused(string text) => Refused(() => PolicyAttributeText.Parse(text));

    [Fact]
    public void Attributes_are_read_from_a_file_with_comments()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "# a comment\n\nProtocol-TLSv1.2=true\n PublicKey = a=b \n");

        Assert.Equal(
            [("Protocol-TLSv1.2", "true"), ("PublicKey", "a=b")],
            PolicyAttributeText.ReadFile(file).Select(attribute => (attribute.AttributeName!, attribute.AttributeValue!)));
        File.Delete(file);
        Refused(() => PolicyAttributeText.ReadFile(file));
    }

    [Fact]
    public void A_load_balancers_attributes_are_written_as_they_are_read()
    {
        string[] pairs =
        [
            "AccessLog.EmitInterval=5", "AccessLog.Enabled=true", "AccessLog.S3BucketName=b", "AccessLog.S3BucketPrefix=p",
            "AdditionalAttributes.elb.http.desyncmitigationmode=strictest", "ConnectionDraining.Enabled=true",
            "ConnectionDraining.Timeout=9",
            "ConnectionSettings.IdleTimeout=61", "CrossZoneLoadBalancing.Enabled=false",
        ];

        Assert.Equal(pairs, AttributeText.Write(AttributeText.Parse(pairs)).Select(attribute => $"{attribute.Name}={attribute.Value}"));
    }

    [Theory]
    [InlineData("ConnectionDraining.Timeout=9")]
    [InlineData("CrossZoneLoadBalancing.Enabled=yes")]
    [InlineData("ConnectionSettings.IdleTimeout=long")]
    [InlineData("ConnectionSettings.IdleTimeout")]
    [InlineData("Nix.Enabled=true")]
    [InlineData("AdditionalAttributes.=x")]
    public void What_is_no_attribute_of_a_load_balancer_is_refused(string pair) => Refused(() => AttributeText.Parse([pair]));

    [Fact]
    public void A_tag_without_a_value_has_an_empty_one()
    {
        Assert.Equal(("a", "b=c"), (TagText.Parse("a=b=c").Key, TagText.Parse("a=b=c").Value));
        Assert.Equal(("a", ""), (TagText.Parse("a").Key, TagText.Parse("a").Value));
    }

    private static void Refused(Action parse) => Assert.Equal(Fault.MalformedInput, Assert.Throws<ToolException>(parse).Fault);
}
