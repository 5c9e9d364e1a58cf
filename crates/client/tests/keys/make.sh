#!/bin/sh
# Makes the throw-away keys in this folder, which protect nothing: the tests read them to see that the library takes
# keys as OpenSSL writes them. The passphrase is "throw-away".
set -eu
cd "$(dirname "$0")"
pass=pass:throw-away

encrypted() { # NAME SOURCE ARGUMENTS...
    name=$1 source=$2
    shift 2
    openssl pkcs8 -topk8 -in "$source" -out "$name" -passout $pass "$@"
}

openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out rsa.pem
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -pkeyopt rsa_keygen_pubexp:3 -out rsa.e3.pem
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.2048.pem
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:512 -out rsa.512.pem
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -pkeyopt rsa_keygen_primes:3 -out rsa.3primes.pem
openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024 -out dsa.parameters
openssl genpkey -paramfile dsa.parameters -out dsa.pem
rm dsa.parameters
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.pem
openssl genpkey -algorithm ED25519 -out ed25519.pem

openssl pkey -in rsa.pem -traditional -out rsa.pkcs1.pem
openssl pkey -in dsa.pem -traditional -out dsa.openssl.pem
openssl pkey -in ec.pem -traditional -out ec.sec1.pem
openssl pkcs8 -topk8 -nocrypt -in rsa.pem -outform DER -out rsa.der
openssl pkey -in rsa.pem -outform DER -out rsa.pkcs1.der
openssl pkey -in dsa.pem -outform DER -out dsa.openssl.der
openssl pkey -in rsa.pem -pubout -out rsa.public.pem
openssl pkey -in rsa.pem -pubout -outform DER -out rsa.public.der
openssl rsa -in rsa.pem -RSAPublicKey_out -out rsa.public.pkcs1.pem
openssl pkey -in dsa.pem -pubout -out dsa.public.pem
for key in rsa dsa; do
    openssl req -x509 -new -key $key.pem -sha256 -days 36500 -subj '/CN=301:21.T12345\/USER01' -out $key.certificate.pem
done
openssl x509 -in rsa.certificate.pem -outform DER -out rsa.certificate.der
openssl req -new -key rsa.pem -subj '/CN=301:21.T12345\/USER01' |
    openssl x509 -req -signkey rsa.pem -sha256 -days 36500 -out rsa.certificate.v1.pem

for cipher in aes-128-cbc aes-192-cbc aes-256-cbc des3; do
    encrypted rsa.encrypted.$cipher.pem rsa.pem -v2 $cipher -iter 100
done
for prf in hmacWithSHA1 hmacWithSHA512; do
    encrypted rsa.encrypted.$prf.pem rsa.pem -v2 aes-256-cbc -v2prf $prf -iter 100
done
encrypted rsa.unsupported.scrypt.pem rsa.pem -scrypt -scrypt_N 1024 -scrypt_r 8 -scrypt_p 1
encrypted rsa.encrypted.pkcs12.pem rsa.pem -v1 PBE-SHA1-3DES -iter 100
encrypted dsa.encrypted.der dsa.pem -v2 aes-256-cbc -iter 100 -outform DER
encrypted rsa.unsupported.rc2.pem rsa.pem -v1 PBE-SHA1-RC2-40 -iter 100 -provider legacy -provider default
encrypted rsa.unsupported.camellia.pem rsa.pem -v2 camellia-256-cbc -iter 100
openssl rsa -in rsa.pem -traditional -aes128 -passout $pass -out rsa.unsupported.traditional.pem
